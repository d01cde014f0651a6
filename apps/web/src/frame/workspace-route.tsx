import { createRootRoute, createRoute, Outlet, redirect, retainSearchParams } from '@tanstack/react-router'
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

/** What every page of a workspace may carry. */
interface WorkspaceSearch {
  /** The event that is open beside it. */
  readonly event?: string
  /** The instant as of which it is shown. */
  readonly asOf?: string | undefined
  /** The instant with which that is compared. */
  readonly with?: string | undefined
}

/** The parent of every page within a workspace: signed in, with the frame around it. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$workspace',
  validateSearch: (search: Readonly<Record<string, unknown>>): WorkspaceSearch => ({
    ...(typeof search.event === 'string' && { event: search.event }),
    ...(typeof search.asOf === 'string' && { asOf: search.asOf }),
    ...(typeof search.with === 'string' && { with: search.with }),
  }),
  // The reader's time goes along to wherever they go within the workspace.
  search: { middlewares: [retainSearchParams(['asOf', 'with'])] },
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
