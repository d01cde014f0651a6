import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../frame/lazy-page.ts'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const modelsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models',
  validateSearch: readRegisterSearch,
  component: lazyPage(() => import('./models-page.tsx').then((module) => module.ModelsPage)),
})

const modelRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models/$id',
  component: lazyPage(() => import('./model-page.tsx').then((module) => module.ModelPage)),
})

export const modelRoutes = [modelsRoute, modelRoute] as const
