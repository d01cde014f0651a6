import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readTrailSearch } from './trail-search.ts'

const trailRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/events',
  validateSearch: readTrailSearch,
  component: lazyRouteComponent(() => import('./trail-page.tsx').then((module) => ({ default: module.TrailPage }))),
})

const eventRoute = createRoute({
  getParentRoute: () => trailRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./drawer/event-drawer.tsx').then((module) => ({ default: module.EventDrawer }))),
})

export const trailRoutes = [trailRoute.addChildren([eventRoute])] as const
