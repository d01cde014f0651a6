import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const keysRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys-page.tsx').then((module) => ({ default: module.KeysPage }))),
})

export const keyRoutes = [keysRoute] as const
