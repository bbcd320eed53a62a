import type { ShopProduct } from '../shop-product.ts';
import { onChange } from './browser-store.ts';
import { changeQuantity } from './cart.ts';
import { comparedProducts, toggleCompared } from './compare-list.ts';
import { find, pageData } from './page-data.ts';
import { language, t } from './speech.ts';
import { toast } from './toast.ts';

export function addToCart(product: ShopProduct, option: string, quantity: number): void {
  changeQuantity(product, option, quantity);
  toast(t(`${product.name.ko} 담았어요.`, `${product.name.en} is in your cart.`), {
    href: '/cart',
    label: t('장바구니 보기', 'View cart'),
  });
}

function compare(product: ShopProduct): void {
  const isAdded = toggleCompared(product);
  toast(
    isAdded
      ? t('비교함에 담았어요.', `${product.name[language]} can be compared now.`)
      : t('비교함에서 뺐어요.', 'Taken off the list.'),
    { href: '/compare', label: t('비교하기', 'Compare') },
  );
}

function productOf(element: Element): { product: ShopProduct; option: string } | undefined {
  const card = element.closest<HTMLElement>('[data-product]');
  return card === null
    ? undefined
    : {
        product: JSON.parse(card.dataset['product'] ?? '') as ShopProduct,
        option: card.dataset['option'] ?? '',
      };
}

function showCompared(): void {
  const ids = new Set(comparedProducts().map((product) => product.id));
  for (const button of document.querySelectorAll('[data-compare]')) {
    button.setAttribute('aria-pressed', String(ids.has(productOf(button)?.product.id ?? '')));
  }
  find('[data-compare-one]')?.setAttribute(
    'aria-pressed',
    String(ids.has(pageData.product?.id ?? '')),
  );
}

/** The buttons on product cards, wherever they are. */
export function startCards(): void {
  showCompared();
  onChange(showCompared);
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null) {
      return;
    }
    const found = productOf(button);
    if (found !== undefined && button.hasAttribute('data-add')) {
      addToCart(found.product, found.option, 1);
    } else if (found !== undefined && button.hasAttribute('data-compare')) {
      compare(found.product);
    } else if (pageData.product !== undefined && button.hasAttribute('data-compare-one')) {
      compare(pageData.product);
    }
  });
}
