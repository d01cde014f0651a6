import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const ledgerRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./ledger-page.tsx').then((module) => ({ default: module.LedgerPage }))),
})

export const ledgerRoutes = [ledgerRoute] as const
