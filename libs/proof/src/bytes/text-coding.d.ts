/**
 * The WHATWG Encoding classes, which every runtime we support has as globals. Declared here so that the package needs neither
 * the DOM's types nor Node's: what is not declared can't be used by accident.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array
}

declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array, options?: { readonly stream: boolean }): string
}
