import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const evidenceRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/evidence',
  component: lazyPage(() => import('./evidence-page.tsx').then((module) => module.EvidencePage)),
})

export const evidenceRoutes = [evidenceRoute] as const
