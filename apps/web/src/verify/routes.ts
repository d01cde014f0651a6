import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { rootRoute } from '../frame/workspace-route.tsx'

/** Open to everybody: it checks in the browser and asks the server nothing. */
export const verifyRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/verify',
    component: lazyPage(() => import('./verify-page.tsx').then((module) => module.VerifyPage)),
  }),
] as const
