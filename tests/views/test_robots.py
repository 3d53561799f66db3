def test_search_engines_may_read_all_but_the_desk(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "User-agent: *\nDisallow: /admin/\nDisallow: /ru/admin/\n"
    assert client.get("/ru/robots.txt").status_code == 404
