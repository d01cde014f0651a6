import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const keysRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/keys',
  component: lazyPage(() => import('./keys-page.tsx').then((module) => module.KeysPage)),
})

export const keyRoutes = [keysRoute] as const
