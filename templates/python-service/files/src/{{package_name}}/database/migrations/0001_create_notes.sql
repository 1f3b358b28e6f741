CREATE TABLE notes (
    id uuid PRIMARY KEY,
    text text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
