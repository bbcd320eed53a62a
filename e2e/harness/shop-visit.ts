import type { CollectReply } from '@tenth/model/collect-api.ts';
import type { Decision } from '@tenth/model/decision.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newVisitor, type Screen } from './browser.ts';
import type { TenthProcess } from './tenth-process.ts';

/** One visitor in one browser, and every decision that reached them. */
export class ShopVisit {
  readonly page: Page;
  readonly tenth: TenthProcess;
  readonly decisions: Decision[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, tenth: TenthProcess) {
    this.#context = context;
    this.page = page;
    this.tenth = tenth;
    page.on('response', (response) => {
      if (response.url() === `${tenth.origin}/v1/batch`) {
        response.json().then(
          (reply: CollectReply) => this.decisions.push(...(reply.decisions ?? [])),
          // The page was left before the body was read; what it decided is asked for again by update.
          () => undefined,
        );
      }
    });
  }

  static async begin(browser: Browser, screen: Screen, tenth: TenthProcess): Promise<ShopVisit> {
    const context = await newVisitor(browser, screen);
    return new ShopVisit(context, await context.newPage(), tenth);
  }

  /** Opens a page of the shop and waits until Tenth has answered for its page view. */
  async open(path: string): Promise<void> {
    const { pathname } = new URL(path, this.tenth.shopOrigin);
    // The page before sends what it still holds while it is left; that answer is not the one meant.
    await this.answered(
      () => this.page.goto(`${this.tenth.shopOrigin}${path}`),
      `"path":"${pathname}"`,
    );
  }

  /** Does something that sends an event, and waits for the answer; to the event with these words in it, if given. */
  async answered(act: () => Promise<unknown>, words = ''): Promise<void> {
    const answer = this.page.waitForResponse(
      (response) =>
        response.url() === `${this.tenth.origin}/v1/batch` &&
        (response.request().postData() ?? '').includes(words),
    );
    await act();
    await answer;
  }

  async searchOnPortal(query: string): Promise<void> {
    await this.page.goto(this.tenth.portalOrigin);
    await this.page.getByRole('searchbox').or(this.page.locator('input[name=query]')).fill(query);
    await this.page.keyboard.press('Enter');
    await this.page.waitForURL('**/search?**');
  }

  /** Follows a link out of the portal, as a click does, with its referrer. */
  async follow(selector: string): Promise<void> {
    await this.answered(() => this.page.locator(selector).first().click());
  }

  async addToCart(productId: string): Promise<void> {
    await this.open(`/p/${productId}`);
    await this.answered(() => this.page.locator('form[data-buy] button[type=submit]').click());
  }

  async signUp(): Promise<void> {
    await this.open('/signup');
    const form = this.page.locator('form[data-sign-up]');
    await form.locator('input[name=email]').fill(`e2e-${Date.now()}-${Math.random()}@example.com`);
    await form.locator('input[name=name]').fill('김하늘');
    for (const box of await form.locator('input[type=checkbox]').all()) {
      await box.check();
    }
    await this.answered(() => form.locator('button[type=submit]').click());
  }

  async order(productId: string): Promise<void> {
    await this.addToCart(productId);
    await this.open('/checkout');
    await this.page.locator('[data-example]').click();
    await this.answered(() => this.page.locator('form[data-checkout] button[type=submit]').click());
    await this.page.waitForURL('**/order/complete');
  }

  async anonymousId(): Promise<string> {
    const cookies = await this.#context.cookies(this.tenth.shopOrigin);
    const id = cookies.find(({ name }) => name === 'tenth_id')?.value;
    if (id === undefined) {
      throw new Error('the script has set no tenth_id cookie');
    }
    return decodeURIComponent(id);
  }

  shown(campaignId: string): Extract<Decision, { action: 'show' }> | undefined {
    for (const decision of this.decisions) {
      if (decision.action === 'show' && decision.campaignId === campaignId) {
        return decision;
      }
    }
    return undefined;
  }

  async end(): Promise<void> {
    await this.#context.close();
  }
}
