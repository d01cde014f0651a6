import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const approvalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./approvals-page.tsx').then((module) => ({ default: module.ApprovalsPage }))),
})

const approvalRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('./approval-page.tsx').then((module) => ({ default: module.ApprovalPage }))),
})

export const approvalRoutes = [approvalsRoute, approvalRoute] as const
