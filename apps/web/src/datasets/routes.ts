import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const datasetsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./datasets-page.tsx').then((module) => ({ default: module.DatasetsPage }))),
})

const datasetRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets/$id',
  component: lazyRouteComponent(() => import('./dataset-page.tsx').then((module) => ({ default: module.DatasetPage }))),
})

export const datasetRoutes = [datasetsRoute, datasetRoute] as const
