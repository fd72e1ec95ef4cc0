import { html } from 'hono/html';
import type { Visit } from '../../http/visit.ts';
import type { PageContext } from '../page-env.ts';
import type { Html } from './html.ts';

/** Shows that a form was made here, for whoever sends it. */
export function csrfField(visit: Visit): Html {
  return html`<input type="hidden" name="csrf" value="${visit.csrf}" />`;
}

/** What a form was filled in with. Null: it was not made here for whoever sends it; answer with `notGenuine` (layout.ts). */
export async function readForm(c: PageContext): Promise<FormData | null> {
  const form = await c.req.formData().catch(() => new FormData());
  return c.env.visit.isGenuine(textOf(form, 'csrf')) ? form : null;
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** A form of one button that changes something. Whoever may only look gets no button. */
export function actButton(
  visit: Visit,
  action: string,
  label: string,
  {
    fields = {},
    kind = 'plain',
  }: { fields?: Readonly<Record<string, string>>; kind?: 'plain' | 'main' | 'danger' } = {},
): Html {
  if (visit.caller.role !== 'admin') return html``;
  return html`<form method="post" action="${visit.base}${action}" class="act">
    ${csrfField(visit)}${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}<button class="${kind}">${label}</button>
  </form>`;
}
