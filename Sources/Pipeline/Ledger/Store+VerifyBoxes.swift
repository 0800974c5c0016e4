extension Store {
  /// That numbers lie in their pictures: a query that gives a row for each that does not, and what that is.
  ///
  /// In a panorama of a full turn, whose ends are neighbours, a number begins inside the picture and may end beyond its width, by less
  /// than a turn. Which pictures are panoramas their bytes say, which are not at hand: a number may do so in any.
  static let promiseOfBoxes = (
    """
    SELECT numbers.result_set_id AS "set", numbers.ordinal, text FROM numbers JOIN members USING (result_set_id, ordinal)
    WHERE box_left >= width OR box_width > width OR box_top + box_height > height
    """, "a number lies outside of its picture"
  )
}
