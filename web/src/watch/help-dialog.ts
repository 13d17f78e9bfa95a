import { h } from '../ui/dom';
import { SHORTCUTS } from './keyboard';

/** The list of keyboard shortcuts. */
export function helpDialog(): HTMLDialogElement {
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'shortcuts-title', noautohide: true },
    h('h2', { id: 'shortcuts-title' }, 'Keyboard shortcuts'),
    h(
      'dl',
      { class: 'shortcuts' },
      ...SHORTCUTS.flatMap(([keys, meaning]) => [
        h('dt', {}, ...keys.split('  ').map((key) => h('kbd', {}, key))),
        h('dd', {}, meaning),
      ]),
    ),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, 'Close')),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // outside its content: the backdrop
  });
  return dialog;
}
