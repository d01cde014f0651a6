import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { TrailPage } from './audit-trail/trail-page.tsx'
import { readTrailSearch } from './audit-trail/trail-search.ts'
import { WorkspacePage } from './frame/frame.tsx'
import { FrameSkeleton } from './frame/frame-skeleton.tsx'
import { NotFoundPage } from './frame/not-found-page.tsx'
import { ProblemPage } from './frame/problem-page.tsx'
import { parseSearch, stringifySearch } from './search-params.ts'
import { openSession, ownWorkspace } from './session/session.ts'
import { TipLayer } from './ui/tip-layer.tsx'

const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <TipLayer />
    </>
  ),
  notFoundComponent: NotFoundPage,
})

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: async () => {
    const found = await ownWorkspace()
    if (found.status === 'found') throw redirect({ to: '/w/$workspace/events', params: { workspace: found.id }, replace: true })
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
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx').then((module) => ({ default: module.SignInPage }))),
})

const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace',
  loader: async ({ params, location }) => {
    const opened = await openSession(params.workspace)
    if (opened.status === 'failed' && opened.problem.kind === 'signed-out') {
      throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
    }
    return opened
  },
  component: WorkspacePage,
  pendingComponent: FrameSkeleton,
  pendingMs: 0,
  pendingMinMs: 0,
})

const workspaceHomeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspace/events', params, replace: true })
  },
})

const trailRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/events',
  validateSearch: readTrailSearch,
  component: TrailPage,
})

const eventRoute = createRoute({
  getParentRoute: () => trailRoute,
  path: '/$id',
  component: lazyRouteComponent(() => import('./audit-trail/drawer/event-drawer.tsx').then((module) => ({ default: module.EventDrawer }))),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    workspaceRoute.addChildren([workspaceHomeRoute, trailRoute.addChildren([eventRoute])]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
