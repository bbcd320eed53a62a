/** From this much in the cart the shop pays for shipping. */
export const freeShippingFromWon = 30_000;
export const shippingWon = 3_000;

/** What a new member gets: the same everywhere, from the portal's banner to the checkout. */
export const welcomeCoupon = { code: 'WELCOME5000', offWon: 5_000, fromWon: 20_000 } as const;

export const shopName = { ko: '열매상회', en: 'Yeolmae' } as const;
