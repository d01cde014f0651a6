import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const violationsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/violations',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./violations-page.tsx').then((module) => ({ default: module.ViolationsPage }))),
})

export const violationRoutes = [violationsRoute] as const
