import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const systemsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/systems',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./systems-page.tsx').then((module) => ({ default: module.SystemsPage }))),
})

const systemRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/systems/$id',
  component: lazyRouteComponent(() => import('./system-page.tsx').then((module) => ({ default: module.SystemPage }))),
})

export const systemRoutes = [systemsRoute, systemRoute] as const
