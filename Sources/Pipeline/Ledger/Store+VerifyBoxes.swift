extension Store {
  /// The invariant that numbers are inside their pictures: a query for violations, and its description.
  ///
  /// In a panorama of a full turn, whose ends are neighbours, a number begins inside the picture and may end beyond its
  /// width by less than a turn. The database does not know which pictures are panoramas, so this is accepted in all of
  /// them.
  static let invariantOfBoxes = (
    """
    SELECT numbers.result_set_id AS "set", numbers.ordinal, text FROM numbers JOIN members USING (result_set_id, ordinal)
    WHERE box_left >= width OR box_width > width OR box_top + box_height > height
    """, "a number is outside its picture"
  )
}
