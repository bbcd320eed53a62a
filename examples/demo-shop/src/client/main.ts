import { startCards } from './cards.ts';
import { startCartPage } from './cart-page.ts';
import { startCheckoutPage, startCompletePage } from './checkout-page.ts';
import { startComparePage } from './compare-page.ts';
import { listViewed, searched } from './events.ts';
import { startHeader } from './header.ts';
import { startSignInPage, startSignUpPage } from './membership-page.ts';
import { pageData, pageKind } from './page-data.ts';
import { startProductPage } from './product-page.ts';

const starts: Readonly<Record<string, () => void>> = {
  product: startProductPage,
  category: () => listViewed(pageData.listId ?? '', pageData.products ?? []),
  search: () => {
    if (pageData.query) {
      searched(pageData.query);
    }
  },
  cart: startCartPage,
  compare: startComparePage,
  checkout: startCheckoutPage,
  'order-complete': startCompletePage,
  'sign-up': startSignUpPage,
  'sign-in': startSignInPage,
};

startHeader();
startCards();
starts[pageKind]?.();
