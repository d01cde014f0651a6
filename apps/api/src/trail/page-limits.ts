export const DEFAULT_PAGE = 50
export const GREATEST_PAGE = 500
