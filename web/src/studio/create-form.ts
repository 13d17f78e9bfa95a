import type { Broadcast, Broadcasts } from '../api/broadcasts';
import { explain } from '../api/problem';
import { h } from '../ui/dom';
import { type AudienceChoice, newBroadcast } from './new-broadcast';

/** The form that makes a broadcast. */
export function createForm(broadcasts: Broadcasts, created: (broadcast: Broadcast) => void): HTMLElement {
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const submit = h('button', { class: 'button primary', 'data-testid': 'create' }, 'Create broadcast');
  const audience = h(
    'select',
    { name: 'audience', id: 'audience' },
    h('option', { value: 'SIGNED_IN' }, 'Everyone who is signed in'),
    h('option', { value: 'PUBLIC' }, 'Everyone, without signing in'),
    h('option', { value: 'NAMED' }, 'Certain groups and people'),
  );
  const names = h(
    'div',
    { class: 'row', hidden: true },
    h('label', { for: 'names' }, 'Groups, and people as @name'),
    h('input', { name: 'names', id: 'names', placeholder: 'staff, @alice', autocomplete: 'off' }),
  );
  audience.addEventListener('change', () => {
    names.hidden = audience.value !== 'NAMED';
  });
  const form = h(
    'form',
    { class: 'panel form', 'aria-label': 'New broadcast' },
    h('h2', {}, 'New broadcast'),
    row(
      'Title',
      'title',
      h('input', { name: 'title', id: 'title', required: true, maxlength: 200, autocomplete: 'off' }),
    ),
    row(
      'Description',
      'description',
      h('textarea', { name: 'description', id: 'description', rows: 3, maxlength: 4000 }),
    ),
    row(
      'Starts (may be left empty)',
      'startsAt',
      h('input', { name: 'startsAt', id: 'startsAt', type: 'datetime-local' }),
    ),
    row('Audience', 'audience', audience),
    names,
    problem,
    submit,
  );

  async function send(): Promise<void> {
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '');
    submit.disabled = true;
    problem.hidden = true;
    try {
      const broadcast = await broadcasts.create(
        newBroadcast({
          title: text('title'),
          description: text('description'),
          startsAt: text('startsAt'),
          audience: text('audience') as AudienceChoice,
          names: text('names'),
        }),
      );
      form.reset();
      names.hidden = true;
      created(broadcast);
    } catch (error) {
      problem.textContent = explain(error);
      problem.hidden = false;
    } finally {
      submit.disabled = false;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

function row(label: string, id: string, input: HTMLElement): HTMLElement {
  return h('div', { class: 'row' }, h('label', { for: id }, label), input);
}
