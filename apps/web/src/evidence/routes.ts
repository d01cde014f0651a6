import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const evidenceRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/evidence',
  component: lazyRouteComponent(() => import('./evidence-page.tsx').then((module) => ({ default: module.EvidencePage }))),
})

export const evidenceRoutes = [evidenceRoute] as const
