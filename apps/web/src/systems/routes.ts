import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const systemsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/systems',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./systems-page.tsx').then((module) => module.SystemsPage)),
})

const systemRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/systems/$id',
  component: lazyPage(() => import('./system-page.tsx').then((module) => module.SystemPage)),
})

export const systemRoutes = [systemsRoute, systemRoute] as const
