create schema sales;
create schema crm;

create table crm.customers (
  customer_id text primary key,
  full_name   text,
  email       text,
  phone       text,
  language    text not null
);
create table crm.addresses (
  address_id  text primary key,
  customer_id text not null references crm.customers,
  street      text,
  city        text not null
);
create index on crm.addresses (customer_id);

create table sales.orders (
  order_id      text primary key,
  customer_id   text not null,
  total         text not null,
  delivery_note text
);
create index on sales.orders (customer_id);
create table sales.order_lines (
  line_id      text primary key,
  order_id     text not null references sales.orders,
  product      text not null,
  gift_message text
);
create index on sales.order_lines (order_id);
-- Without a foreign key, so that invoices outlive orders.
create table sales.invoices (
  invoice_id   text primary key,
  customer_id  text not null,
  billing_name text not null,
  gross        text not null
);
create index on sales.invoices (customer_id);
