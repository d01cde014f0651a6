import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../frame/workspace-route.tsx'

/** Open to everybody: it checks in the browser and asks the server nothing. */
export const verifyRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/verify',
    component: lazyRouteComponent(() => import('./verify-page.tsx').then((module) => ({ default: module.VerifyPage }))),
  }),
] as const
