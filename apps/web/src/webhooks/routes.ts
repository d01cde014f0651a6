import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const webhooksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks',
  component: lazyPage(() => import('./webhooks-page.tsx').then((module) => module.WebhooksPage)),
})

const deliveriesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks/deliveries',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./deliveries-page.tsx').then((module) => module.DeliveriesPage)),
})

export const webhookRoutes = [webhooksRoute, deliveriesRoute] as const
