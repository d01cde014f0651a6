import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const datasetsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./datasets-page.tsx').then((module) => module.DatasetsPage)),
})

const datasetRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets/$id',
  component: lazyPage(() => import('./dataset-page.tsx').then((module) => module.DatasetPage)),
})

export const datasetRoutes = [datasetsRoute, datasetRoute] as const
