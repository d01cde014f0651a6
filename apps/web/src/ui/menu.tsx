import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import type { Floating } from './on-demand.tsx'

interface MenuProps extends Floating {
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

/** Never modal: a modal menu locks scrolling with a style element, which the content security policy refuses. */
export function Menu({ trigger, startOpen, children, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={startOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Within the page's landmark, where assistive technology looks for content. */}
      <DropdownMenu.Portal container={document.querySelector('main')}>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          data-print="no"
          className="rise z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg bg-surface p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const ITEM =
  'relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm text-ink outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0 [&>svg]:text-ink-3'

export function MenuItem({
  icon,
  hint,
  children,
  className,
  ...rest
}: ComponentProps<typeof DropdownMenu.Item> & { readonly icon?: ReactNode; readonly hint?: ReactNode }) {
  return (
    <DropdownMenu.Item className={classes(ITEM, className)} {...rest}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {hint}
    </DropdownMenu.Item>
  )
}

/** A link that looks like the other items. */
export function MenuLink({
  icon,
  hint,
  children,
  ...rest
}: ComponentProps<'a'> & { readonly icon?: ReactNode; readonly hint?: ReactNode }) {
  return (
    <DropdownMenu.Item asChild>
      <a className={ITEM} {...rest}>
        {icon}
        <span className="min-w-0 flex-1">{children}</span>
        {hint}
      </a>
    </DropdownMenu.Item>
  )
}

export function MenuCheck({ children, ...rest }: ComponentProps<typeof DropdownMenu.CheckboxItem>) {
  return (
    <DropdownMenu.CheckboxItem className={classes(ITEM, 'pr-8')} onSelect={(event) => event.preventDefault()} {...rest}>
      {children}
      <MenuMark />
    </DropdownMenu.CheckboxItem>
  )
}

export function MenuChoice({ icon, children, ...rest }: ComponentProps<typeof DropdownMenu.RadioItem> & { readonly icon?: ReactNode }) {
  return (
    <DropdownMenu.RadioItem className={classes(ITEM, 'pr-8')} onSelect={(event) => event.preventDefault()} {...rest}>
      {icon}
      {children}
      <MenuMark />
    </DropdownMenu.RadioItem>
  )
}

function MenuMark() {
  return (
    <DropdownMenu.ItemIndicator className="absolute right-2 text-accent">
      <Check aria-hidden />
    </DropdownMenu.ItemIndicator>
  )
}

export const MenuChoices = DropdownMenu.RadioGroup

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-3">{children}</DropdownMenu.Label>
}

export function MenuLine() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
}
