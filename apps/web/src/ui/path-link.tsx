import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

interface PathLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'target'> {
  /** A path that was put together: `/w/acme/systems/credit-scoring`. */
  readonly path: string
  readonly search?: Readonly<Record<string, string | undefined>>
}

/**
 * A link to a page whose path no route is named by: routes type their own paths only. It is told as the one to the current page on that page
 * alone: the router would say so of every path that the current one begins with.
 */
export function PathLink({ path, search = {}, ...rest }: PathLinkProps) {
  return <Link to={path as '/'} search={search} activeOptions={{ exact: true, includeSearch: false }} {...rest} />
}
