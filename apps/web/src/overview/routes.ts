import { createRoute, redirect } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const overviewRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  loader: async ({ parentMatchPromise, params }) => {
    const opened = (await parentMatchPromise).loaderData
    // Who reads no more than what is shared with them is led there.
    if (opened?.status === 'open' && opened.session.viewer.roles.every((role) => role === 'REGULATOR'))
      throw redirect({ to: '/w/$workspace/evidence', params, replace: true })
  },
  component: lazyPage(() => import('./overview-page.tsx').then((module) => module.OverviewPage)),
})

export const overviewRoutes = [overviewRoute] as const
