import { addToCart } from './cards.ts';
import { productViewed } from './events.ts';
import { find, pageData } from './page-data.ts';

export function startProductPage(): void {
  const { product } = pageData;
  const form = find<HTMLFormElement>('[data-buy]');
  if (product === undefined || form === null) {
    return;
  }
  productViewed(product);
  let quantity = 1;
  const step = (by: number) => {
    quantity = Math.min(99, Math.max(1, quantity + by));
    const output = form.querySelector('[data-quantity]');
    if (output !== null) {
      output.textContent = String(quantity);
    }
  };
  form.querySelector('[data-less]')?.addEventListener('click', () => step(-1));
  form.querySelector('[data-plus]')?.addEventListener('click', () => step(1));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    addToCart(product, String(new FormData(form).get('option') ?? ''), quantity);
  });
}
