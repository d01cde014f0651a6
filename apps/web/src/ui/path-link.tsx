import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

interface PathLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'target'> {
  /** A path that was put together: `/w/acme/systems/credit-scoring`. */
  readonly path: string
  readonly search?: Readonly<Record<string, string | undefined>>
}

/** A link to a page whose path no route is named by: routes type their own paths only. */
export function PathLink({ path, search = {}, ...rest }: PathLinkProps) {
  return <Link to={path as '/'} search={search} {...rest} />
}
