import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { approvalRoutes } from './approvals/routes.ts'
import { trailRoutes } from './audit-trail/routes.ts'
import { datasetRoutes } from './datasets/routes.ts'
import { erasureRoutes } from './erasure/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { BrokenPage } from './frame/broken-page.tsx'
import { lazyPage } from './frame/lazy-page.ts'
import { ProblemPage } from './frame/problem-page.tsx'
import { rootRoute, workspaceRoute } from './frame/workspace-route.tsx'
import { incidentRoutes } from './incidents/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { modelRoutes } from './models/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { parseSearch, stringifySearch } from './search-params.ts'
import { ownWorkspace } from './session/session.ts'
import { systemRoutes } from './systems/routes.ts'
import { verifyRoutes } from './verify/routes.ts'
import { violationRoutes } from './violations/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: async () => {
    const found = await ownWorkspace()
    if (found.status === 'found') throw redirect({ to: '/w/$workspace', params: { workspace: found.id }, replace: true })
    if (found.problem.kind === 'signed-out') throw redirect({ to: '/sign-in', replace: true })
    return found.problem
  },
  component: () => <ProblemPage problem={homeRoute.useLoaderData()} workspace={null} />,
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Readonly<Record<string, unknown>>): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: lazyPage(() => import('./session/sign-in-page.tsx').then((module) => module.SignInPage)),
})

/** Each room's folder has a file `routes.ts`; its pages are fetched when somebody goes there. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    ...verifyRoutes,
    workspaceRoute.addChildren([
      ...overviewRoutes,
      ...systemRoutes,
      ...modelRoutes,
      ...datasetRoutes,
      ...incidentRoutes,
      ...violationRoutes,
      ...approvalRoutes,
      ...peopleRoutes,
      ...trailRoutes,
      ...evidenceRoutes,
      ...ledgerRoutes,
      ...erasureRoutes,
      ...keyRoutes,
      ...webhookRoutes,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: BrokenPage,
  defaultPreload: false,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
