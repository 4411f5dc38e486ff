declare const brand: unique symbol

/** A row id of one table; the brand keeps ids of different tables from mixing. */
type RowId<Name extends string> = number & { readonly [brand]: Name }

export type ImageId = RowId<'image'>
export type AltTextId = RowId<'alt_text'>
export type RevisionId = RowId<'revision'>
export type PersonId = RowId<'person'>
export type SourceId = RowId<'source'>
export type JobId = RowId<'job'>
export type ViewId = RowId<'saved_view'>
export type RecipeId = RowId<'recipe'>
