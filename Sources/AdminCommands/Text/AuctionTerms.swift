/// The words of forecasts of an auction.
extension Terms {
    static let simulationGoal = Terms([
        "sale": Phrase("bán được", "sale"),
        "m04": Phrase("giảm hai lần, không bán được (M-04)", "reduced twice, unsold (M-04)"),
        "in_lieu": Phrase("giao cho người được thi hành án", "taken in lieu"),
    ])

    static let procedure = Terms([
        "ordinary": Phrase("thông thường", "ordinary"),
        "shortened": Phrase("rút gọn", "shortened"),
        "shortened_cautious": Phrase("rút gọn, chắc ngày", "shortened, cautious"),
    ])

    static let reductionWay = Terms([
        "agreed": Phrase("thỏa thuận ngay", "agreed at once"),
        "decided": Phrase("hết thời hạn, ra quyết định", "decided after the periods"),
    ])

    static let simulatedStep = Terms([
        "seize": Phrase("kê biên", "seizure"),
        "value_contract": Phrase("hợp đồng thẩm định giá", "valuation contract"),
        "value": Phrase("chứng thư thẩm định giá", "certificate of valuation"),
        "tell_co_owners": Phrase("báo đồng sở hữu", "co-owners told"),
        "pre_emption_ends": Phrase("hết thời hạn ưu tiên mua", "pre-emption ends"),
        "auction_contract": Phrase("hợp đồng đấu giá", "auction contract"),
        "post": Phrase("niêm yết", "posting"),
        "second_notice": Phrase("thông báo lần hai", "second notice"),
        "hold_auction": Phrase("đấu giá", "auction"),
        "failure_notice": Phrase("báo không thành", "notice of failure"),
        "notify_reduction": Phrase("yêu cầu thỏa thuận giảm giá", "parties invited to agree"),
        "reduce": Phrase("giảm giá", "reduction"),
        "offer_creditor": Phrase("đề nghị nhận tài sản", "offer to the creditor"),
        "creditor_refuses": Phrase("không nhận", "creditor refuses"),
        "creditor_accepts": Phrase("đồng ý nhận", "creditor accepts"),
        "notify_debtor": Phrase("báo người phải thi hành án", "debtor told"),
        "agree_in_lieu": Phrase("thỏa thuận giao tài sản", "agreement on the asset"),
        "hand_over": Phrase("giao tài sản", "hand-over"),
        "direct_sale": Phrase("bán không qua đấu giá", "sale without auction"),
    ])

    static let outlookState = Terms([
        "met": Phrase("đã đạt", "met"),
        "safe": Phrase("chắc kịp", "safe"),
        "tight": Phrase("kịp nếu thỏa thuận ngay hoặc rút gọn", "only if agreed or shortened"),
        "agreement": Phrase("chỉ kịp nếu thỏa thuận giao tài sản", "only if taken by agreement"),
        "lost": Phrase("không kịp", "lost"),
        "undetermined": Phrase("chưa xác định được", "undetermined"),
    ])

    static let capability = Terms([
        "real_estate": Phrase("bất động sản", "real estate"),
        "movable": Phrase("động sản", "movables"),
        "both": Phrase("bất động sản và động sản", "real estate and movables"),
    ])

    static let firmObstacle = Terms([
        "not_yet_licensed": Phrase("chưa có giấy phép", "not licensed yet"),
        "licence_expired": Phrase("giấy phép hết hạn", "licence expired"),
        "suspended": Phrase("bị đình chỉ", "suspended"),
        "kind_not_covered": Phrase("không đúng loại tài sản", "kind of asset not covered"),
        "value_not_covered": Phrase("vượt giá trị tối đa", "value not covered"),
    ])

    static let signal = Terms([
        "single_house": Phrase(
            "một tổ chức đấu giá nhận phần lớn hợp đồng", "one auction house has most contracts"),
        "always_to_the_cap": Phrase(
            "gần như luôn giảm giá tối đa", "reductions go to the cap nearly every time"),
        "cap_without_offer": Phrase(
            "giảm tối đa mà chưa đề nghị người được thi hành án",
            "reduced to the cap, the creditor was not asked"),
        "empty_rounds_at_one_house": Phrase(
            "không có người tham gia, dồn vào một tổ chức",
            "rounds without participants pile up at one house"),
        "price_far_below_value": Phrase(
            "giá bán thấp hơn nhiều so với thẩm định", "sold far below the valuation"),
        "same_house_and_appraiser": Phrase(
            "một cặp thẩm định giá và đấu giá lặp lại", "the same appraiser and house again"),
    ])

    static let evidence = Terms([
        "assets": Phrase("tài sản", "asset"), "valuations": Phrase("thẩm định giá", "valuation"),
        "rounds": Phrase("đấu giá lần", "round"), "reductions": Phrase("giảm giá lần", "reduction"),
    ])
}
