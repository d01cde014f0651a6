/** The stream of an event reference without its workspace: `model-cs` of `ws_1.model-cs/0192…`. */
export function streamOfReference(event: string): string {
  return event.slice(event.indexOf('.') + 1, event.lastIndexOf('/'))
}

export function workspaceOfReference(event: string): string {
  return event.slice(0, event.indexOf('.'))
}
