import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readTrailSearch } from './trail-search.ts'

const trailRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/events',
  validateSearch: readTrailSearch,
  component: lazyPage(() => import('./trail-page.tsx').then((module) => module.TrailPage)),
})

const eventRoute = createRoute({
  getParentRoute: () => trailRoute,
  path: '/$id',
  component: lazyPage(() => import('./drawer/event-drawer.tsx').then((module) => module.EventDrawer)),
})

export const trailRoutes = [trailRoute.addChildren([eventRoute])] as const
