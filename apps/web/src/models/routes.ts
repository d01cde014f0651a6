import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../frame/workspace-route.tsx'
import { readRegisterSearch } from '../register/register.ts'

const modelsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./models-page.tsx').then((module) => ({ default: module.ModelsPage }))),
})

const modelRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models/$id',
  component: lazyRouteComponent(() => import('./model-page.tsx').then((module) => ({ default: module.ModelPage }))),
})

export const modelRoutes = [modelsRoute, modelRoute] as const
