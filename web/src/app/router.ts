import type { Page } from './page';
import { parseRoute, type Route } from './routes';

/**
 * Shows the page of the current address in `outlet`, and follows links within the app, back and forward without loading
 * a document. Everything else about a link (new tab, download, another origin) stays the browser's.
 */
export class Router {
  private page: Page | null = null;

  constructor(
    private readonly outlet: HTMLElement,
    private readonly pageFor: (route: Route) => Page,
    private readonly shown: (route: Route) => void,
  ) {}

  start(): void {
    addEventListener('popstate', () => this.show());
    document.addEventListener('click', (event) => this.onClick(event));
    this.show();
  }

  navigate(path: string, replace = false): void {
    if (replace) history.replaceState(null, '', path);
    else history.pushState(null, '', path);
    scrollTo(0, 0);
    this.show();
    // A screen reader starts reading the new page, as after a document load.
    this.outlet.focus({ preventScroll: true });
  }

  private show(): void {
    const route = parseRoute(location.pathname, location.search);
    this.page?.leave?.();
    this.page = this.pageFor(route);
    this.outlet.replaceChildren(this.page.element);
    this.shown(route);
  }

  private onClick(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    ) {
      return;
    }
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (parseRoute(link.pathname).name === 'not-found') return;
    event.preventDefault();
    this.navigate(link.pathname + link.search);
  }
}
