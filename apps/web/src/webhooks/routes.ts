import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const webhooksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./webhooks-page.tsx').then((module) => ({ default: module.WebhooksPage }))),
})

const deliveriesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks/deliveries',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./deliveries-page.tsx').then((module) => ({ default: module.DeliveriesPage }))),
})

export const webhookRoutes = [webhooksRoute, deliveriesRoute] as const
