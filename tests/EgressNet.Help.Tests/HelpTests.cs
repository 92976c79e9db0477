namespace EgressNet.Help.Tests;

public sealed class HelpTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Fact]
    public void GetHelp_shows_the_page() => Assert.All(module.Pages.Values, page =>
    {
        IReadOnlyList<object?> found = [.. module.Run(
            """
            param($Name)
            $help = Get-Help $Name -Full -ErrorAction Stop
            $help.Synopsis.Trim()
            $help.description[0].Text.Trim()
            @($help.parameters.parameter).Count
            @($help.examples.example).Count
            $help.relatedLinks.navigationLink[0].uri
            """,
            page.Name).Select(line => line.BaseObject)];
        Assert.Equal(
            [page.Synopsis, page.Description[0], page.Parameters.Count, page.Examples.Count, OnlineOf(page)],
            found);
    });

    [Fact]
    public void HelpUri_is_the_page() =>
        Assert.All(module.Pages.Values, page => Assert.Equal(
            OnlineOf(page),
            module.Run("param($Name) (Get-Command $Name).HelpUri", page.Name)[0].BaseObject));

    [Fact]
    public void About_names_every_error_id()
    {
        string about = (string)module.Run("Get-Help about_EgressNet -ErrorAction Stop")[0].BaseObject;
        Assert.All(ErrorIds(), id => Assert.Contains($"\n    {id}\n", about.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Pages_name_only_error_ids_that_exist() =>
        Assert.All(
            module.Pages.Values.SelectMany(page => page.Errors),
            error => Assert.Contains(error.Id, ErrorIds()));

    [Fact]
    public void Every_error_id_is_on_a_page_or_common_to_all()
    {
        string[] common = ["ResourceBusy", "ResourceUnavailable"];
        Assert.Empty(ErrorIds()
            .Except(module.Pages.Values.SelectMany(page => page.Errors).Select(error => error.Id))
            .Except(common));
    }

    private static string OnlineOf(Page page) =>
        $"https://github.com/egressnet/egressnet/blob/main/docs/{page.Name}.md";

    private static string[] ErrorIds() =>
    [
        .. File.ReadAllLines(Repository.File("src", "EgressNet.Cmdlets", "Errors", "ErrorId.cs"))
            .Select(line => line.Trim().Split(' '))
            .Where(words => words is ["public", "const", "string", ..])
            .Select(words => words[3]),
    ];
}
