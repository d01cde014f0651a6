import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Unfetched } from '../ui/lazily.tsx'

/**
 * A page whose code is fetched when somebody goes there. Where it can't be, the page says so: by itself the router would load everything anew,
 * which without a connection leaves the reader with nothing.
 */
export function lazyPage(load: () => Promise<ComponentType>) {
  return lazyRouteComponent(() =>
    load().then(
      (page) => ({ default: page }),
      (error: unknown) => {
        throw new Unfetched(error)
      },
    ),
  )
}
