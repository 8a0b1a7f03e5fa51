-- States: requests A(waiting for approval) E(xecuting) F(ulfilled); tasks R(eady) D(one).
create table requests (
  id uuid primary key,
  subject_id text not null,
  action text not null,
  regime text not null,
  requester text not null,
  purpose text not null,
  identifiers jsonb not null,
  plan_sha256 bytea not null,
  state "char" not null,
  submitted_at timestamptz not null default now(),
  closed_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
-- One small index for each question that is asked all the time; a row leaves it when it moves on.
create index requests_awaiting on requests (id) where state = 'A';
create index requests_executing on requests (id) where state = 'E';

create table decisions (
  request_id uuid primary key,
  approver text not null,
  verdict text not null,
  plan_sha256 bytea not null,
  reason text,
  decided_at timestamptz not null default now()
);

create table tasks (
  request_id uuid not null,
  system smallint not null,
  attempt smallint not null,
  state "char" not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  executor text,
  finished_at timestamptz,
  outcome jsonb,
  primary key (request_id, system)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index tasks_ready on tasks (system, request_id) where state = 'R';

create table audit (
  request_id uuid not null,
  revision smallint not null,
  state text not null,
  actor text not null,
  at timestamptz not null default now(),
  detail jsonb not null,
  primary key (request_id, revision)
);
