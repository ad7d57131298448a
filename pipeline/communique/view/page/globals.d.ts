/** What the page's scripts find there already. */
declare const echarts: any;

interface Window {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(markup: string): string }): unknown };
}
