import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const erasuresRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/data-subjects',
  component: lazyRouteComponent(() => import('./erasures-page.tsx').then((module) => ({ default: module.ErasuresPage }))),
})

const subjectRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/data-subjects/$id',
  component: lazyRouteComponent(() => import('./subject-page.tsx').then((module) => ({ default: module.SubjectPage }))),
})

const holdsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/legal-holds',
  component: lazyRouteComponent(() => import('./holds-page.tsx').then((module) => ({ default: module.HoldsPage }))),
})

export const erasureRoutes = [erasuresRoute, subjectRoute, holdsRoute] as const
