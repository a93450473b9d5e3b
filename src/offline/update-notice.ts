import { element } from '../dom/element.ts';

/** A small notice in a corner with Reload and Later; one at a time. It never reloads by itself: a machine may be running. */
export function showUpdateNotice(text: string, reload: () => void): void {
  document.querySelector('.rm-update')?.remove();
  const notice = element(
    'div',
    { class: 'rm-update', role: 'status' },
    element('span', {}, text),
    element('button', { type: 'button', click: () => reload() }, 'Reload'),
    element('button', { type: 'button', click: () => notice.remove() }, 'Later'),
  );
  document.body.append(notice);
}
