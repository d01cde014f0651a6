import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const erasuresRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/data-subjects',
  component: lazyPage(() => import('./erasures-page.tsx').then((module) => module.ErasuresPage)),
})

const subjectRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/data-subjects/$id',
  component: lazyPage(() => import('./subject-page.tsx').then((module) => module.SubjectPage)),
})

const holdsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/legal-holds',
  component: lazyPage(() => import('./holds-page.tsx').then((module) => module.HoldsPage)),
})

export const erasureRoutes = [erasuresRoute, subjectRoute, holdsRoute] as const
