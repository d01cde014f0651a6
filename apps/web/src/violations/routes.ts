import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const violationsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/violations',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./violations-page.tsx').then((module) => module.ViolationsPage)),
})

export const violationRoutes = [violationsRoute] as const
