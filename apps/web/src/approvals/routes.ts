import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const approvalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./approvals-page.tsx').then((module) => module.ApprovalsPage)),
})

const approvalRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals/$id',
  component: lazyPage(() => import('./approval-page.tsx').then((module) => module.ApprovalPage)),
})

export const approvalRoutes = [approvalsRoute, approvalRoute] as const
