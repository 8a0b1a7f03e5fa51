-- A small online shop. Identifiers are text, as people read them on letters.
create schema shop;

create table shop.customers (
  customer_id        text primary key,
  -- The pseudonym under which privacy requests speak of this person.
  subject_id         text not null unique,
  first_name         text not null,
  last_name          text not null,
  email              text not null unique,
  phone              text,
  date_of_birth      date,
  preferred_language text not null,
  loyalty_points     integer not null,
  registered_at      timestamptz not null
);

create table shop.addresses (
  address_id  bigint primary key,
  customer_id text not null references shop.customers,
  kind        text not null check (kind in ('BILLING', 'SHIPPING')),
  recipient   text not null,
  street      text not null,
  postal_code text not null,
  city        text not null,
  country     text not null
);
create index addresses_by_customer on shop.addresses (customer_id);

create table shop.products (
  product_id  text primary key,
  name        text not null,
  department  text not null,
  price_cents bigint not null check (price_cents > 0)
);

create table shop.orders (
  order_id            text primary key,
  customer_id         text not null references shop.customers,
  shipping_address_id bigint not null references shop.addresses,
  placed_at           timestamptz not null,
  status              text not null check (status in ('PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
  currency            text not null,
  total_cents         bigint not null,
  delivery_note       text
);
create index orders_by_customer on shop.orders (customer_id);
create index orders_by_shipping_address on shop.orders (shipping_address_id);

create table shop.order_lines (
  order_id         text not null references shop.orders,
  line_number      integer not null,
  product_id       text not null references shop.products,
  quantity         integer not null check (quantity > 0),
  unit_price_cents bigint not null,
  gift_message     text,
  primary key (order_id, line_number)
);
create index order_lines_by_product on shop.order_lines (product_id);

create table shop.payments (
  payment_id     text primary key,
  order_id       text not null references shop.orders,
  method         text not null check (method in ('SEPA_DEBIT', 'CARD', 'INVOICE')),
  account_holder text not null,
  -- Shaped like an IBAN, with check digits that no real one has.
  iban_token     text,
  amount_cents   bigint not null,
  currency       text not null,
  paid_at        timestamptz not null
);
create index payments_by_order on shop.payments (order_id);

-- No foreign keys: tax law wants an invoice kept, as it was sent, after the customer and the order are gone.
create table shop.invoices (
  invoice_number      text primary key,
  customer_id         text not null,
  order_number        text not null,
  issued_on           date not null,
  billing_name        text not null,
  billing_street      text not null,
  billing_postal_code text not null,
  billing_city        text not null,
  billing_country     text not null,
  net_cents           bigint not null,
  vat_cents           bigint not null,
  gross_cents         bigint not null,
  currency            text not null
);
create index invoices_by_customer on shop.invoices (customer_id);

create table shop.support_tickets (
  ticket_id   bigint primary key,
  customer_id text not null references shop.customers,
  order_id    text references shop.orders,
  opened_at   timestamptz not null,
  channel     text not null check (channel in ('EMAIL', 'PHONE', 'CHAT')),
  status      text not null check (status in ('OPEN', 'SOLVED')),
  subject     text not null,
  message     text not null
);
create index support_tickets_by_customer on shop.support_tickets (customer_id);
create index support_tickets_by_order on shop.support_tickets (order_id);

create table shop.consents (
  consent_id  bigint primary key,
  customer_id text not null references shop.customers,
  purpose     text not null check (purpose in ('NEWSLETTER', 'PROFILING', 'PARTNER_OFFERS')),
  granted     boolean not null,
  recorded_at timestamptz not null,
  source_ip   text
);
create index consents_by_customer on shop.consents (customer_id);
