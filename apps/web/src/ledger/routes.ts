import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'

const ledgerRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/ledger',
  component: lazyPage(() => import('./ledger-page.tsx').then((module) => module.LedgerPage)),
})

export const ledgerRoutes = [ledgerRoute] as const
