import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { openSession } from '../session/session.ts'
import { TipLayer } from '../ui/tip-layer.tsx'
import { WorkspacePage } from './frame.tsx'
import { FrameSkeleton } from './frame-skeleton.tsx'
import { NotFoundPage } from './not-found-page.tsx'

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <TipLayer />
    </>
  ),
  notFoundComponent: NotFoundPage,
})

/** What every page of a workspace may carry: the event that is open beside it. */
interface WorkspaceSearch {
  readonly event?: string
}

/** The parent of every page within a workspace: signed in, with the frame around it. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace',
  validateSearch: (search: Readonly<Record<string, unknown>>): WorkspaceSearch =>
    typeof search.event === 'string' ? { event: search.event } : {},
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
